"""Where a row or a cell is shown: on which page, which part of it, under which anchor."""

from tables.address import ROWS_ON_A_PAGE, page_address
from tables.models import Column, Row, Table


def where(table: Table, row: Row | None = None, column: Column | None = None) -> str:
    """
    The address of a cell, a row, a header or a table.

    Costs nothing where the table came with its guide, and with the table on whose page it is shown and the guide of it.
    """
    is_companion = table.shown_with is not None and table.row_count <= ROWS_ON_A_PAGE
    if row and is_companion:
        return table.address_of(row, column)
    if row:
        cell = f".{column.slug}" if column else ""
        return f"{table.get_absolute_url()}{page_address(row.position)}#row-{row.slug}{cell}"
    if table.shown_with is not None and is_companion:
        return f"{table.shown_with.get_absolute_url()}#t-{table.slug}"
    return table.get_absolute_url() + (f"#col-{column.slug}" if column else "")

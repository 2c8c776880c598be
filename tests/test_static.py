from pathlib import Path

from studysite.staticfiles import JoinedFinder, css_sources, joined
from tables.management.commands import prepare
from tables.management.commands.prepare import fingerprint


def test_joined_style_sheet_keeps_the_order_of_the_layers(tmp_path):
    for name in ("zebra", "tables", "base", "tokens"):
        (tmp_path / f"{name}.css").write_text(f"@layer {name} {{}}")

    assert [path.stem for path in css_sources(tmp_path)] == ["tokens", "base", "tables", "zebra"]


def is_code(line: str) -> bool:
    """Whether a line of a source is one that browsers need, with no comment in it."""
    return bool(line.strip()) and not line.lstrip().startswith(("//", "*", "/*")) and "/*" not in line


def test_joined_files_leave_comments_out(tmp_path):
    style, script = tmp_path / "a.css", tmp_path / "b.js"
    style.write_text("/* Why\n   so. */\na { b: url(c); } /* here */\n")
    script.write_text(
        '/*\n * What.\n */\n// One.\nconst a = "// no /* remark */"; // kept\n  // two\n/* a */ f(a);\n/* b */\n'
    )

    assert joined([style, script]) == (
        '/* a.css */\na { b: url(c); }\n\n/* b.js */\nconst a = "// no /* remark */"; // kept\n/* a */ f(a);\n'
    )


def test_joined_files_hold_all_their_sources():
    finder = JoinedFinder()

    for path, sources in finder.files().items():
        text = Path(finder.find(path)).read_text()
        lines = {line for source in sources for line in source.read_text().splitlines() if is_code(line)}
        assert lines <= set(text.splitlines())
    assert finder.find("css/other.css") == []
    assert finder.find("css/other.css", find_all=True) == []


def test_joined_file_follows_its_sources(tmp_path, settings):
    (tmp_path / "static" / "css").mkdir(parents=True)
    source = tmp_path / "static" / "css" / "base.css"
    settings.BASE_DIR = tmp_path
    finder = JoinedFinder()

    source.write_text("a{}")
    first = Path(finder.find("css/site.css")).read_text()
    source.write_text("b{}")
    second = Path(finder.find("css/site.css", find_all=True)[0]).read_text()

    assert "a{}" in first
    assert "b{}" in second
    assert "a{}" not in second


def test_static_files_are_built_again_only_when_one_has_changed(tmp_path, settings, monkeypatch):
    built = []
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: built.append(name))
    command = prepare.Command()

    command.build_static_files()
    command.build_static_files()
    monkeypatch.setattr(prepare, "fingerprint", lambda: "something else")
    command.build_static_files()

    assert built == ["collectstatic", "collectstatic"]
    assert fingerprint() == fingerprint()

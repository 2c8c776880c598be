"""Names without a space, as code and German have them, are broken at the edge of a phone; no page grows by them."""

import pytest
from playwright.sync_api import expect

from tests.browser.width import fits
from tests.factories import make_user

TABLE = "Wahrscheinlichkeitsverteilungen und Berechtigungsrollen"
GRID = [
    ("Class", "Role", "Runs in"),
    ("---", "---", "---"),
    (
        "torch.nn.parallel.DistributedDataParallel",
        "arn:aws:iam::123456789012:role/AmazonSageMaker-ExecutionRole",
        "training",
    ),
    (
        "torch.distributed.fsdp.FullyShardedDataParallel",
        "arn:aws:iam::999999999999:role/Sharding-ServiceRole",
        "inference",
    ),
    (
        "sagemaker.workflow.pipeline_context.PipelineSession",
        "arn:aws:iam::555555555555:role/Pipelines-ServiceRole",
        "org.springframework.boot.autoconfigure.SpringBootApplication",
    ),
    (
        "Donaudampfschifffahrtsgesellschaftskapitänspatent",
        "arn:aws:s3:::bucket/with/a/very/long/key/that/never/ends/at/all",
        "Rindfleischetikettierungsüberwachungsaufgabe",
    ),
]
ROWS = "\n".join(f"| {' | '.join(row)} |" for row in GRID)
DOCUMENT = f"""# Wahrscheinlichkeitsverteilungen im Vergleich

## Sozialversicherungsfachangestelltenausbildung

### {TABLE}

{ROWS}
"""


@pytest.fixture
def alice(transactional_db):
    return make_user("alice")


def assert_whole(page):
    """That nothing is wider than the window, and no option of a question runs out of its frame."""
    assert fits(page), page.url
    for option in page.locator(".opts label").all():
        text, frame = option.locator("span").bounding_box(), option.bounding_box()
        assert text["x"] + text["width"] <= frame["x"] + frame["width"]


def test_document_of_long_names_is_published_asked_and_read_on_a_phone(phone_page, sign_in, alice):
    page = phone_page
    sign_in(page, alice)
    page.goto("/guides/import/")
    page.get_by_label("Document").set_input_files(
        {"name": "roles.md", "mimeType": "text/markdown", "buffer": DOCUMENT.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/guides/import/*/")
    page.get_by_role("button", name="Publish", exact=False).click()
    expect(page.get_by_role("heading", name="Published")).to_be_visible()
    assert_whole(page)

    page.get_by_role("link", name="Open Wahrscheinlichkeitsverteilungen").click()
    expect(page.get_by_role("heading", level=2, name="Sozialversicherungsfachangestelltenausbildung")).to_be_visible()
    assert_whole(page)
    guide = page.url

    page.goto("/quiz/?count=5")
    assert_whole(page)
    page.get_by_role("button", name="Start").click()
    for number in range(1, 6):
        expect(page.get_by_text(f"{number} of 5")).to_be_visible()
        assert_whole(page)
        if number % 2:
            page.get_by_role("button", name="I don’t know").click()
        else:
            page.locator(".opts label").first.click()
            page.get_by_role("button", name="Check answer").click()
        expect(page.get_by_role("link", name="Next")).to_be_visible()
        assert_whole(page)
        page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Finish now").click()
    expect(page.get_by_role("heading", name="Missed")).to_be_visible()
    assert_whole(page)

    page.goto(guide)
    page.get_by_role("link", name=TABLE).click()
    expect(page.get_by_role("heading", level=1, name=TABLE)).to_be_visible()
    assert_whole(page)
    page.goto(f"{guide}concepts/")
    page.get_by_role("link", name="sagemaker.workflow").click()
    expect(page.get_by_role("heading", level=1, name="sagemaker.workflow")).to_be_visible()
    assert_whole(page)
    page.goto(f"{guide}search/?q=torch")
    expect(page.get_by_role("heading", name="Rows")).to_be_visible()
    assert_whole(page)

from playwright.sync_api import expect

from studysite.accounts.models import User


def test_admin_works_under_the_content_security_policy(page, sign_in):
    sign_in(page, User.objects.create_superuser("ada", password="a long password"))

    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    page.goto("/admin/auth/group/add/")
    page.get_by_label("Name:").fill("Readers")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("The group “Readers” was added successfully.")).to_be_visible()

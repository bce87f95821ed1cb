"""The cite menu in a real browser: by keyboard, both forms on the clipboard, and of use with no script."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const parts = item.types.map(async (type) => [type, await (await item.getType(type)).text()]);
  return Object.fromEntries(await Promise.all(parts));
}"""


def topic(quote: dict[str, Any]) -> str:
    return f"topics/{quote['topics'][0]}/"


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_the_menu_of_a_quote_works_by_keyboard_and_copies_both_forms(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    menu = page.locator(f"figure[id='{quotes[0]['id']}'] details.tb-cite")
    expect(menu.locator(".tb-cite-list")).to_have_count(0)
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("textarea")).to_have_count(10)
    button = menu.get_by_role("button", name="Copy Text")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    copied = page.evaluate(READ)
    words = " ".join(quotes[0]["text"].split())
    assert words in " ".join(copied["text/plain"].split())
    assert quotes[0]["speaker"] in copied["text/plain"]
    assert "<blockquote" in copied["text/html"]
    assert f"quotes/{quotes[0]['id']}/" in copied["text/html"]
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_markup_is_copied_as_text_and_nothing_else(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    menu = page.locator(".tb-head details.tb-cite")
    menu.locator("summary").click()
    menu.get_by_role("button", name="Copy Markdown").click()
    expect(menu.get_by_role("button", name="Copy Markdown")).to_have_text("Copied")
    assert set(page.evaluate(READ)) == {"text/plain"}


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_link_is_there_and_leads_to_every_text(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    menu = page.locator(f"figure[id='{quotes[0]['id']}'] details.tb-cite")
    menu.locator("summary").click()
    expect(menu.locator("code")).to_contain_text(f"quotes/{quotes[0]['id']}/")
    menu.locator("a").click()
    expect(page.locator("textarea")).to_have_count(10)
    expect(page.locator("button.tb-cite-copy")).to_have_count(0)


def test_an_embedded_quote_fits_its_frame(page: Page, built: Path, quotes: list[dict[str, Any]]) -> None:
    for quote in (min(quotes, key=lambda each: len(each["text"])), max(quotes, key=lambda each: len(each["text"]))):
        answer = json.loads((built / f"embed/{quote['id']}.json").read_text("utf-8"))
        page.set_viewport_size({"width": answer["width"], "height": answer["height"]})
        page.goto(f"embed/{quote['id']}.html")
        assert page.evaluate("document.documentElement.scrollHeight") <= answer["height"]

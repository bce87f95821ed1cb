"""The cite menu works by keyboard, copies text and HTML, and is of use without scripts."""

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
    expect(menu.locator("textarea")).to_have_count(12)
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
def test_citations_are_copied_with_the_current_day(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.clock.set_fixed_time("2026-09-05T12:00:00")
    page.goto(f"quotes/{quotes[0]['id']}/")
    days = {
        "text": "5 September 2026",
        "apa": "September 5, 2026",
        "mla": "5 Sept. 2026",
        "bibtex": "2026-09-05",
        "ris": "2026/09/05",
        "csl-json": "[2026, 9, 5]",
    }
    for name, day in days.items():
        assert day in page.locator(f"textarea[data-format={name}]").input_value()
    for label in ("APA", "MLA", "Chicago"):
        page.get_by_role("button", name=f"Copy {label}").click()
        expect(page.get_by_role("button", name=f"Copy {label}")).to_have_text("Copied")
        copied = page.evaluate(READ)
        assert "<i>The MAD Podcast with Matt Turck</i>" in copied["text/html"]
        assert "<!--" not in copied["text/html"]
        assert "2026" in copied["text/html"]
        assert copied["text/plain"] == page.locator(f"textarea[data-format={label.lower()}]").input_value()


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_a_selection_on_a_card_is_copied_with_its_source(page: Page, quotes: list[dict[str, Any]]) -> None:
    quote = quotes[0]
    page.goto(topic(quote))
    card = page.locator(f"figure[id='{quote['id']}']")
    for what in ("figure", "blockquote"):
        page.evaluate(
            "([id, what]) => { const card = document.getElementById(id);"
            " getSelection().selectAllChildren(what === 'figure' ? card : card.querySelector(what)) }",
            [quote["id"], what],
        )
        page.keyboard.press("ControlOrMeta+c")
        copied = page.evaluate(READ)
        words, source = copied["text/plain"].rsplit("\n", 1)
        assert " ".join(words.split()) == f"“{' '.join(quote['text'].split())}”"
        assert source.startswith(f"— {quote['speaker']}, “")
        assert source.endswith(f"/quotes/{quote['id']}/")
        assert "From" not in source
        assert "<blockquote" in copied["text/html"]
    expect(card).to_be_visible()


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_a_selection_beyond_a_card_is_copied_without_its_small_print(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    page.keyboard.press("ControlOrMeta+c")
    text = page.evaluate(READ)["text/plain"]
    assert " ".join(quotes[0]["text"].split())[:60] in " ".join(text.split())
    assert "Permalink" not in text
    assert "From " not in text


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_markup_is_copied_as_text_and_nothing_else(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    menu = page.locator("details.tb-cite:not([data-cite])")
    menu.locator("summary").click()
    menu.get_by_role("button", name="Copy Markdown").click()
    expect(menu.get_by_role("button", name="Copy Markdown")).to_have_text("Copied")
    assert set(page.evaluate(READ)) == {"text/plain"}


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_a_link_leads_to_all_citations(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(topic(quotes[0]))
    menu = page.locator(f"figure[id='{quotes[0]['id']}'] details.tb-cite")
    menu.locator("summary").click()
    expect(menu.locator("code")).to_contain_text(f"quotes/{quotes[0]['id']}/")
    menu.locator("a").click()
    expect(page.locator("textarea")).to_have_count(12)
    expect(page.locator("button.tb-cite-copy")).to_have_count(0)


def test_an_embedded_quote_fits_its_frame(page: Page, built: Path, quotes: list[dict[str, Any]]) -> None:
    for quote in (min(quotes, key=lambda each: len(each["text"])), max(quotes, key=lambda each: len(each["text"]))):
        answer = json.loads((built / f"embed/{quote['id']}.json").read_text("utf-8"))
        page.set_viewport_size({"width": answer["width"], "height": answer["height"]})
        page.goto(f"embed/{quote['id']}.html")
        assert page.evaluate("document.documentElement.scrollHeight") <= answer["height"]

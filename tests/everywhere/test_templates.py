"""Every word that a template shows goes through gettext; no look or behaviour hides in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

TEMPLATES = Path(settings.BASE_DIR / "templates")
PATHS = sorted(p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".txt"})
# Names and signs that are the same in every language.
SAME_EVERYWHERE = {"Bearing", "csv", "sha", "SHA"}
SPOKEN = "alt|title|placeholder|aria-label|aria-description|aria-roledescription|label|summary"
TAG = r"""</?\w(?:"[^"]*"|'[^']*'|[^<>"'])*>|<![^>]*>"""
SEAM = "\x1f"  # where a tag of Django's stood


def outside_of_translations(source: str) -> str:
    """The template without what translates, and without Django's own tags."""
    source = re.sub(r"\{% block width %\}.*?\{% endblock %\}", "", source)  # a class, not a word
    kept, inside = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            inside = token.contents.split()[0] in {"blocktranslate", "comment"} or (
                inside and not token.contents.startswith(("endblocktranslate", "endcomment"))
            )
            kept.append(SEAM)
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            kept.append(SEAM)
    return "".join(kept)


def words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]+", text.replace(SEAM, " ")):
        if word not in SAME_EVERYWHERE:
            yield word


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def untranslated(source: str) -> list[str]:
    source = outside_of_translations(source)
    shown = re.sub(rf"<!--.*?-->|{TAG}", " ", source, flags=re.DOTALL)
    spoken = re.findall(rf"""\s(?:{SPOKEN})=["']([^"']*)["']""", source)
    return [*words(re.sub(r"&\w+;", " ", shown)), *words(" ".join(spoken))]


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_every_word_can_be_translated(path):
    assert untranslated(path.read_text()) == []


def test_the_search_finds_what_was_forgotten():
    assert untranslated("<p>It's {{ n }} teams</p>") == ["It", "s", "teams"]
    assert untranslated('<a href="{% url "x" %}" title="Go on">{% translate "Go" %}</a>') == [
        "Go",
        "on",
    ]
    assert untranslated("{% blocktranslate %}Whole{% endblocktranslate %} half") == ["half"]
    assert untranslated("<p class='a'>{% translate 'Yes' %} – {{ n }} &nbsp;</p>") == []


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_no_sentence_is_put_together_from_halves(path):
    """A translator gets whole sentences: nothing translated ends in the middle of one."""
    for sentence in re.findall(r"""\{% translate ["'](.+?)["'] %\}""", path.read_text()):
        assert not sentence.endswith((" ", ",")), sentence
        assert not sentence.startswith((" ", ",")) or sentence.strip() == ",", sentence


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_no_look_and_no_behaviour_stands_inside(path):
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", source)
    assert not re.search(r"hx-on|hx-vals=.?js|hx-eval", source)
    assert "|safe" not in source or name(path) in {"includes/_field_head.html"}


@pytest.mark.parametrize("path", [p for p in PATHS if p.suffix == ".html"], ids=name)
def test_every_form_that_posts_carries_its_tokens(path):
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), flags=re.DOTALL):
        if re.search(r"""method=["']?post""", form, flags=re.IGNORECASE):
            assert "_form_start.html" in form or "csrf_token" in form


@pytest.mark.parametrize("path", [p for p in PATHS if p.suffix == ".html"], ids=name)
def test_under_every_htmx_there_is_a_real_address(path):
    for tag in re.findall(r"<[a-z][^<>]*\shx-(?:get|post)=[^<>]*>", path.read_text()):
        while_typing = 'hx-trigger="input' in tag  # asks about a field that works without
        assert while_typing or re.search(r"\s(?:href|action|formaction)=", tag), tag

"""What holds for every style sheet and every template of ours."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from okrsite.static import IMPORT, one_sheet

CSS = Path(settings.BASE_DIR, "static/css")
ALL_IN_ONE = CSS / "bearing.css"
SHEETS = sorted(set(CSS.rglob("*.css")) - {ALL_IN_ONE})
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def rules(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL).strip()


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_is_one_layer_named_by_its_place(sheet):
    layer = "components" if sheet.parent.name == "components" else sheet.stem
    text = rules(sheet)
    assert text.startswith(f"@layer {layer} {{")
    depths = [text[: end.end()].count("{") - text[: end.end()].count("}")
              for end in re.finditer("}", text)]  # fmt: skip
    assert depths.index(0) == len(depths) - 1


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_shouts_at_no_other_and_names_no_colour_but_by_its_token(sheet):
    text = rules(sheet)
    assert "!important" not in text
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", text)
    assert "url(" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_every_custom_property_in_use_is_set_somewhere(sheet):
    everything = one_sheet(ALL_IN_ONE)
    used = set(re.findall(r"var\((--[\w-]+)", rules(sheet)))
    assert used <= set(re.findall(r"(--[\w-]+):", everything))


def test_every_sheet_is_imported_once_and_every_layer_has_its_place():
    imports = IMPORT.findall(ALL_IN_ONE.read_text())
    assert sorted(imports) == [str(sheet.relative_to(CSS)) for sheet in SHEETS]
    assert "@layer tokens, reset, base, layout, components, utilities;" in ALL_IN_ONE.read_text()


def test_the_collected_sheet_imports_nothing_and_leaves_nothing_out():
    text = one_sheet(ALL_IN_ONE)
    assert "@import" not in text
    assert all(sheet.read_text() in text for sheet in SHEETS)


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_carries_no_style_and_no_script_of_its_own(template):
    text = template.read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)

"""Reads a page as a browser would: its forms with what stands in them, and its order."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
IN_SVG = {"path", "rect", "circle", "line", "polygon", "polyline", "ellipse", "use", "stop"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.counts: dict[str, int] = {}
        self.lang = ""
        self.title = ""
        self.inline: list[str] = []
        self.forms: list[dict[str, str]] = []
        self._form: dict[str, str] | None = None
        self._select = self._area = ""
        self._open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(html)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, {name: value or "" for name, value in attrs})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self._open.append(tag)

    def _read(self, tag: str, given: dict[str, str]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        if "style" in given or tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on")]
        self._read_field(tag, given)

    def _read_field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            self._form = {"": given.get("action", ""), " method": given.get("method", "get")}
            self.forms.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked:
                self._form[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in self._form:
                self._form[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._form[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                if last not in {"li", "p", "option", "tr", "td", "th", "dt", "dd"}:
                    self.unclosed.append(last)
        elif tag not in VOID:
            self.unclosed.append(f"/{tag}")
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if self._area and self._form is not None:
            self._form[self._area] += data

    def form_for(self, url: str) -> dict[str, str]:
        """What a browser would send to this address, its own included."""
        form = self._form_to(url)
        if form is None:
            raise AssertionError(f"no form on the page is sent to {url}")
        return {name: value for name, value in form.items() if name.strip() == name and name}

    def has_form_for(self, url: str) -> bool:
        """Whoever may only read a page is shown none."""
        return self._form_to(url) is not None

    def _form_to(self, url: str) -> dict[str, str] | None:
        path = url.partition("?")[0]
        for form in self.forms:
            if form[" method"].lower() == "post" and form[""].partition("?")[0] in {"", path}:
                return form
        return None

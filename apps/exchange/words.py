"""What was expected where a list is wrong, and what is done where it is odd; in sentences."""

from collections.abc import Mapping
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.exchange.problems import Code, Problem

EXPECTED = {
    Code.TOO_LARGE: gettext_lazy("At most %(most_size)s; the file has %(size_size)s."),
    Code.TOO_MANY_ROWS: gettext_lazy("At most %(most)s rows. Split the list."),
    Code.TOO_MANY_COLUMNS: gettext_lazy("At most %(most)s columns."),
    Code.TOO_MANY_CELLS: gettext_lazy(
        "At most %(most)s cells in a workbook. Save it as CSV, which may have more."
    ),
    Code.EMPTY: gettext_lazy("A header with the names of the columns."),
    Code.ENCODING: gettext_lazy(
        "UTF-8. Byte %(byte)s of the file is none; save the list as “CSV UTF-8”."
    ),
    Code.BROKEN_WORKBOOK: gettext_lazy("A workbook (XLSX) that can be opened, or a CSV file."),
    Code.SWOLLEN_WORKBOOK: gettext_lazy(
        "A workbook that does not grow beyond all measure when it is unpacked."
    ),
    Code.COLUMN_TWICE: gettext_lazy("Each column once in the header."),
    Code.COLUMN_MISSING: gettext_lazy("A column of this name in the header."),
    Code.COLUMN_UNKNOWN: gettext_lazy("This column is not known and is left out."),
    Code.ROW_TOO_LONG: gettext_lazy("At most %(most)s characters in a row."),
    Code.QUOTES: gettext_lazy(
        "Quotation marks in pairs: a text in quotes ends with a quote, and one inside is doubled. "
        "What follows was not read."
    ),
    Code.CELLS_TOO_MANY: gettext_lazy(
        "%(width)s cells, as many as the header has; the row has %(n)s. A text with a comma or "
        "semicolon stands in quotes."
    ),
    Code.CELLS_TOO_FEW: gettext_lazy(
        "%(width)s cells, as many as the header has; the row has %(n)s."
    ),
    Code.CELL_TOO_LONG: gettext_lazy("At most %(most)s characters; these are %(n)s."),
    Code.CHARACTER: gettext_lazy(
        "Text without control characters, spaces without width, or marks that turn its direction."
    ),
    Code.FORMULA: gettext_lazy("A value. Formulas are not calculated; paste the values instead."),
    Code.MISSING: gettext_lazy("Something here: without it the row can't be placed."),
    Code.NUMBER: gettext_lazy("A number, like 1250.5."),
    Code.NUMBER_TOO_LARGE: gettext_lazy("A number of at most 14 digits before its decimals."),
    Code.NUMBER_ROUNDED: gettext_lazy("Rounded to six decimals: %(kept)s."),
    Code.DAY: gettext_lazy("A day between 1900 and 2100, like 2026-11-25."),
    Code.DAY_TO_COME: gettext_lazy("Today or an earlier day: nothing is measured ahead."),
    Code.CYCLE: gettext_lazy(
        "A cycle that stands here, or a name that says its days: 2026, 2026-H1, 2026-Q4. "
        "For others, add the file of cycles with their first and last day."
    ),
    Code.ZONE: gettext_lazy("FAIL, COMMIT, TARGET or STRETCH."),
    Code.ZONE_WITHOUT_STAGES: gettext_lazy(
        "A value. This key result is not measured in stages, so it has no zones."
    ),
    Code.STAGE_VALUE: gettext_lazy("One of %(allowed)s, as this key result is measured."),
    Code.CONFIDENCE: gettext_lazy("A whole number from 0 to 10."),
    Code.VALUE_AND_ZONE: gettext_lazy("A value or a zone; these two contradict each other."),
    Code.NOTHING_MEASURED: gettext_lazy("A value, a zone or a confidence."),
    Code.CYCLE_ENDS_TOO_SOON: gettext_lazy("A last day after the first one."),
    Code.CYCLE_CLOSED: gettext_lazy("A cycle that is open. This one is closed here: read-only."),
    Code.CYCLE_DAYS_DIFFER: gettext_lazy(
        "The cycle stands here from %(starts)s to %(ends)s, and stays so."
    ),
    Code.CYCLE_GUESSED: gettext_lazy(
        "On which day a fiscal year begins, its name does not say. Taken as %(starts)s to "
        "%(ends)s; the file of cycles can say it better."
    ),
    Code.TEAM_AMBIGUOUS: gettext_lazy(
        "The name of one team. %(n)s teams are called that here; rename one first."
    ),
    Code.TEAM_ARCHIVED: gettext_lazy("A team that is not archived. This one can only be read."),
    Code.OTHER_ORGANISATION: gettext_lazy("The list of another organisation, taken as %(ours)s’s."),
    Code.OWN_PARENT: gettext_lazy("A team can't be its own parent: ignored."),
    Code.TWO_PARENTS: gettext_lazy(
        "A second parent. %(kept)s is kept, the first one of the newest cycle."
    ),
    Code.PARENT_UNKNOWN: gettext_lazy("No team is called that: it hangs below the organisation."),
    Code.PARENT_IN_CIRCLE: gettext_lazy(
        "The parents lead in a circle: it hangs below the organisation."
    ),
    Code.PARENT_STANDS: gettext_lazy("The team stands here already, below %(stays)s, and stays."),
    Code.OWNER_UNKNOWN: gettext_lazy("Nobody here is called that: the owner stays unknown."),
    Code.OWNER_TWICE: gettext_lazy("A second owner of the objective. %(kept)s is kept."),
    Code.SAID_TWICE: gettext_lazy("The key result was said otherwise before: the first counts."),
    Code.NO_WAY: gettext_lazy("Start and target are the same, so the kind stays unknown."),
    Code.STAGES_UNREADABLE: gettext_lazy(
        "Stages look like “Commit: … | Target: … | Stretch: …”. Kept as text, the kind unknown."
    ),
    Code.INITIATIVE_LINKED: gettext_lazy(
        "An initiative on the row of a key result: linked to “%(key_result)s”."
    ),
    Code.OBJECTIVE_STANDS: gettext_lazy(
        "The objective stands here and was not imported: nothing is added to it."
    ),
    Code.KEY_RESULT_STANDS: gettext_lazy(
        "The key result stands here and says otherwise: it stays as it is."
    ),
    Code.KEY_RESULT_UNKNOWN: gettext_lazy(
        "A key result of %(team)s in %(cycle)s, from the list or from here."
    ),
    Code.KEY_RESULT_AMBIGUOUS: gettext_lazy(
        "One key result; %(team)s has several of this title in %(cycle)s. A column “objective” "
        "can tell them apart."
    ),
    Code.NOT_IMPORTED: gettext_lazy(
        "The key result was not imported: its team enters its numbers. Left out."
    ),
    Code.TWO_VALUES: gettext_lazy("A second value for this day: the last one counts."),
    Code.VALUE_STANDS: gettext_lazy("%(stands)s stands here for this day, and stays."),
}


def expected(problem: Problem) -> str:
    return EXPECTED[problem.code] % _in_words(problem.about)


def place(problem: Problem) -> str:
    """“list.csv, row 7, target”."""
    if not problem.row:
        return problem.file
    words = {"file": problem.file, "row": problem.row, "column": problem.column}
    if not problem.column:
        return _("%(file)s, row %(row)s") % words
    return _("%(file)s, row %(row)s, %(column)s") % words


def _in_words(about: Mapping[str, object]) -> dict[str, object]:
    words: dict[str, object] = {}
    for name, what in about.items():
        words[name] = date_format(what, "DATE_FORMAT") if isinstance(what, date) else what
        if isinstance(what, int):
            words[f"{name}_size"] = filesizeformat(what)
    return words

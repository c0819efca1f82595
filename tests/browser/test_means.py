"""Moving means in a real browser: a second click moves nothing, and everyone can use the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.initiatives import actions
from apps.initiatives.models import (
    Evidence,
    Initiative,
    InitiativeLink,
    InitiativeMove,
    KillCriterion,
    Objection,
    StopAnswer,
    Verdict,
)
from apps.objectives.models import KeyResult
from apps.organisation.models import Team, User
from okrsite.example.build import build
from tests.factories import NOW
from tests.initiatives.making import make_active, make_in_each_state
from tests.initiatives.objecting import make_constraint, make_objection

pytestmark = pytest.mark.django_db(transaction=True)
GERMAN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
ARABIC = "تذكير من ترك سلة التسوق قبل الدفع برسالة واحدة بعد أربع ساعات"
LEARNT = {"reason": "cost", "learning": "Too dear for what it brings."}
AMAZON, INVOICE = "Amazon sign-in", "Pay later with invoice"


class DoubleClicker:
    """Fills in a form of the example organisation and clicks its button twice."""

    def __init__(self, page: Page, sign_in: Callable[[Page, User], None]) -> None:
        self.page, self.sign_in = page, sign_in
        page.set_default_timeout(20_000)  # the whole example stands behind each page

    def be(self, name: str) -> None:
        self.sign_in(self.page, User.objects.get(name=name))

    def send(self, url: str, **typed: Any) -> None:
        self.page.goto(url)
        self.fill_and_click(typed)
        self.page.wait_for_url(lambda now: not now.endswith(url))  # it was taken
        self.page.wait_for_load_state()

    def fill_and_click(self, typed: dict[str, Any]) -> None:
        form = self.page.locator("main form:has(button.primary)")
        for name, value in typed.items():
            field = form.locator(f"[name='{name}']")
            if field.first.get_attribute("type") == "radio":
                form.locator(f"[name='{name}'][value='{value}']").check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))
        form.locator("button.primary").dblclick()

    def move(self, title: str, verb: str, /, **typed: Any) -> None:
        initiative = Initiative.objects.get(title=title)
        before = verbs(initiative)
        self.send(f"/initiatives/{initiative.pk}/{verb.replace('_', '-')}/", **typed)
        assert verbs(initiative) == [*before, verb]


def verbs(initiative: Initiative) -> list[str]:
    moves = InitiativeMove.objects.filter(initiative=initiative).order_by("pk")
    return list(moves.values_list("verb", flat=True))


def test_a_double_click_on_any_button_counts_once(page, sign_in):
    build(timezone.now())
    who = DoubleClicker(page, sign_in)
    cart, amazon = (Initiative.objects.get(title=t) for t in ("Shopping-cart reminder", AMAZON))
    rate, today = KeyResult.objects.get(title="Checkout conversion rate"), timezone.localdate()
    InitiativeLink.objects.filter(initiative=cart).update(by_when=today)
    stop = cart.kill_criteria.get(key_result=None)
    KillCriterion.objects.filter(pk=stop.pk).update(on=today)

    who.be("Tom Richter")
    who.send("/teams/checkout/initiatives/propose/", title="Twice", key_result_0=rate.pk)
    assert verbs(Initiative.objects.get(title="Twice")) == ["propose"]
    who.send("/teams/payments/initiatives/suggest/", title="Once more", key_result_0=rate.pk)
    assert verbs(Initiative.objects.get(title="Once more")) == ["suggest"]
    who.move("Show the delivery day in the basket", "take_over")
    who.move("Show the delivery day in the basket", "decline", word="Delivery can’t say it yet.")
    who.move(INVOICE, "edit", no_criteria_because="We try it for a week.")
    who.move(INVOICE, "start")
    who.move(INVOICE, "pause", reason="The bank has to answer.")
    who.move(INVOICE, "resume")
    who.send(f"/initiatives/{cart.pk}/add-evidence/", text="Seen once.")
    assert Evidence.objects.filter(text="Seen once.").count() == 1
    who.send(f"/initiatives/stop-marks/{stop.pk}/go-on/", is_reached="no", because="It is 4.")
    assert StopAnswer.objects.filter(criterion=stop).count() == 1
    who.send(f"/initiatives/key-results/{cart.links.get().pk}/give-verdict/",
             kind="less", evidence="Half a point.")  # fmt: skip
    assert Verdict.objects.filter(link__initiative=cart).count() == 1
    met = amazon.objections.get()
    who.send(f"/objections/{met.pk}/meet/", text="It runs on our own server.")

    who.be("Mara Petersen")
    who.send(f"/initiatives/{cart.pk}/object/", constraint=met.constraint_id, reason="It may.")
    objection = Objection.objects.get(initiative=cart)
    who.be("Tom Richter")
    who.send(f"/objections/{objection.pk}/answer/", text="It doesn’t.")
    who.be("Mara Petersen")
    who.send(f"/objections/{objection.pk}/withdraw/")
    assert list(objection.moves.values_list("verb", flat=True)) == ["raise", "answer", "withdraw"]
    assert list(met.moves.values_list("verb", flat=True)) == ["raise", "meet"]

    who.be("Tom Richter")
    who.move(AMAZON, "swap", **LEARNT, successor="new", title="Sign-in of our own")
    assert Initiative.objects.filter(title="Sign-in of our own").count() == 1
    who.move("Size of the basket icon", "kill", **LEARNT)
    who.move(cart.title, "finish", delivered="The mail.", learning="Evenings work best.")

    page.goto("/teams/checkout/initiatives/")  # and in a card, by htmx
    card = page.locator(".initiative", has_text="Pay later with invoice")
    card.get_by_role("link", name="Kill").click()
    card.locator("textarea").wait_for()
    who.fill_and_click(LEARNT)
    expect(page.locator(".initiative[data-status=killed]", has_text=INVOICE)).to_be_visible()
    assert verbs(Initiative.objects.get(title=INVOICE))[-2:] == ["resume", "kill"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_means_can_be_used_by_everyone(
    page, sign_in, axe, team, member, neighbour, leader_above, key_result, scheme, width
):
    made = make_in_each_state(team, member, neighbour, key_result)
    for state, initiative in made.items():
        title = ARABIC if state in {"paused", "killed"} else f"{state} {GERMAN}"
        Initiative.objects.filter(pk=initiative.pk).update(title=title)
    constraint = make_constraint(leader_above, objective=key_result.objective)
    make_objection(made["active"], constraint, leader_above)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, member)
    for url in pages(team, made):
        page.goto(url)
        axe(page)
        narrow = 360 if width == 390 else width
        page.set_viewport_size({"width": narrow, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow, url
        page.set_viewport_size({"width": width, "height": 900})


def pages(team: Team, made: dict[str, Initiative]) -> list[str]:
    active = made["active"].pk
    return [
        f"/teams/{team.slug}/initiatives/",
        f"/teams/{team.slug}/initiatives/propose/",
        made["active"].get_absolute_url(),
        made["swapped"].get_absolute_url(),
        f"/initiatives/{active}/kill/",
        f"/initiatives/{active}/swap/",
        "/learnings/",
        "/figures/",
    ]


def test_what_was_tried_appears_while_one_types_and_takes_no_focus(
    page, sign_in, team, member, key_result
):
    tried = make_active(team, member, key_result, title="Shopping-cart reminder")
    actions.kill(tried, **LEARNT, by=member, now=NOW)
    sign_in(page, member)
    page.goto(f"/teams/{team.slug}/initiatives/propose/")
    title = page.get_by_label("What do you want to try?")
    title.press_sequentially("A reminder for the shopping cart")
    page.get_by_text("Too dear for what it brings.").wait_for()
    assert title.evaluate("field => field === document.activeElement")
    assert title.input_value() == "A reminder for the shopping cart"

"""What the database itself forbids."""

import pgtrigger

must_continue_what_has_ended = pgtrigger.Trigger(
    name="initiative_continues_what_has_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("continues_id"),
    # Asked of those that continue one only: else each of many inserted rows would be looked for
    # in a table that the planner still takes for empty.
    condition=pgtrigger.Q(new__continues_id__isnull=False),
    func="""
        IF NOT EXISTS (
            SELECT FROM initiatives_initiative
             WHERE id = NEW.continues_id AND id <> NEW.id AND ended_at IS NOT NULL
        ) THEN
            RAISE EXCEPTION 'initiative % continues one that has not ended', NEW.id;
        END IF;
        RETURN NEW;
    """,
)

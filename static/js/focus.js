// After a swap, focus goes to what came in: the element that asks for it with data-focus.
// (An error summary needs none of this: it carries autofocus.)

document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt === document.body) return
  const wanted = elt.matches("[data-focus]") ? elt : elt.querySelector("[data-focus]")
  wanted?.focus()
})

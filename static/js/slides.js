// ← and → turn the screens of a review meeting, but not while one writes.

document.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key]
  const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey
  if (!rel || modified || event.target.closest("input, select, textarea")) return
  document.querySelector(`a[data-slide][rel="${rel}"]`)?.click()
})

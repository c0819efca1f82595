// A line of the error summary leads to its field, with the question in sight. Where an htmx
// request brings back no answer, or none that can be read, a word about it stands above the page.

document.addEventListener("click", (event) => {
  const link = event.target.closest(".errsum a[href^='#']")
  const control = link && document.getElementById(link.hash.slice(1))
  if (!control) return
  event.preventDefault()
  const question = control.closest("fieldset")?.querySelector("legend") ?? control.labels?.[0]
  ;(question ?? control).scrollIntoView()
  control.focus({ preventScroll: true })
})

const problem = document.getElementById("problem")

// What asks by itself (data-quiet) is no word of the person, and nobody misses its answer.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (!target.matches("[data-quiet]")) problem.replaceChildren()
})

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, ({ target }) => {
    if (!target.matches?.("[data-quiet]") && !problem.childElementCount) problem.textContent = problem.dataset.silent
  })
}

// Ctrl+Enter or ⌘+Enter sends the form one is writing in. A form on its way says so on its
// button and does not leave twice.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
  event.target.form?.querySelector("button.primary")?.click()
})

const leaving = new Map()

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event
  if (form.method !== "post") return
  if (leaving.has(form)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  leaving.set(form, submitter && { button: submitter, label: [...submitter.childNodes] })
  submitter?.setAttribute("aria-disabled", "true")
  submitter?.replaceChildren(document.body.dataset.busy)
}, { capture: true })

function arrive(form) {
  const was = leaving.get(form)
  leaving.delete(form)
  was?.button.removeAttribute("aria-disabled")
  was?.button.replaceChildren(...was.label)
}

document.addEventListener("htmx:afterRequest", ({ target }) => arrive(target))
// The browser's back button may bring the page as it was left.
window.addEventListener("pageshow", () => [...leaving.keys()].forEach(arrive))

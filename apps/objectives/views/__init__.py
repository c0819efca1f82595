"""Pages and components of goals; the page of an objective or key result is in dashboards.

Every view reads the same way: find what the visitor may see (404), ask what they may do
(403), read the form (422, or 409 where someone else was faster), act, answer.
"""

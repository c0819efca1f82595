"""Pages of the weekly rhythm: the check-in, weeks off, help, and what review meetings decide."""

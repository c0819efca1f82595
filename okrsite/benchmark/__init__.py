"""A made-up organisation of any size, and how long its pages take."""

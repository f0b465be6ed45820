"""From a person's own words to what they want to know."""

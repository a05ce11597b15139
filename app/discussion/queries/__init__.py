"""Reading what was said about paragraphs, what is proposed, how others solved it, and what is urgent."""

"""What people say about paragraphs, and what they propose, on the screen, in Word, or from an edition below."""

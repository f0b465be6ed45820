"""What is printed for the venue: a poster for the entrance, a sign for each door, a card for each speaker."""

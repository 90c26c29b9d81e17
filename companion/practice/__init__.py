"""What the user does with people: circles, decisions, touches, reminders."""

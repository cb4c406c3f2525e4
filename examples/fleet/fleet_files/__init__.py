"""Plans fleets of any size from file to file, in bounded memory."""

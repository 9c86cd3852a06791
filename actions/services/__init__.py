"""The decisions. Services take `now` (aware UTC) and a session and return frozen replies; they write no sentences."""

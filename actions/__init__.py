"""What the assistant can do: services (pure rules over the database and the content pack), and Rasa's actions."""

"""Stand-ins for servers outside this machine, speaking their real protocol."""

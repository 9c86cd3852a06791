"""The only place that writes sentences: a reply and a language in, messages with buttons out."""

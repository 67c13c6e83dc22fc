"""Mail of the desk: what people are told of, the outbox, the letters and the worker that sends them."""

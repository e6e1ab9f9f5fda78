"""What the tests stand on: the cast, the factories, the browser."""

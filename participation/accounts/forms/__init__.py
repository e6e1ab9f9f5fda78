"""The shapes of what people type into the pages of the accounts room."""

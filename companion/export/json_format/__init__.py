"""The JSON export: schema, writing, reading, and importing into empty or filled stores."""

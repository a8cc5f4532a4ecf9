"""From a sheet that is read and worked out to its documents and its key."""

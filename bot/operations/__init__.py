"""What those who run the service do: check settings, switch off, back up, restore, release, roll back."""

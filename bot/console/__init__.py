"""What the hotline sees. So far: the case codes that citizens read out."""

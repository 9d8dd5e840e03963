"""What templates of the public site may ask for."""

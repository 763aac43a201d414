"""Mail that comes back, complaints, and what follows from them."""

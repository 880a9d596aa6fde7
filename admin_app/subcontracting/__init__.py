"""Those who teach for us under contract, and what their contracts must hold."""

print("darkroom 0.1.0")

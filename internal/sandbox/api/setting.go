package api

// Setting is one environment variable.
type Setting struct{ Name, Value string }

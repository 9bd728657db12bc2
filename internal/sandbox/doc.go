// Package sandbox simulates the four vendor APIs by their documented rules, strictly: what the pages do not allow is
// refused with the vendor's own words where they are known.
//
// It states the vendors' limits itself, from their pages, and shares nothing with the rest of crmferry: else it would
// repeat our mistakes. Every rule is listed by Rules with its page; a refused request's answer names its rule in the
// header Sandbox-Rule, which no vendor sends. What the sandbox does where the pages are silent is listed by Choices.
//
// All is held in memory. A vendor is seeded with invented people (package seed) when its first request arrives.
//
// This package is the server around the vendors: their paths, faults, latency, churn and the ledger. Package api holds what
// the vendors have in common; each vendor has a package of its own, and one line in the list of vendors here.
package sandbox

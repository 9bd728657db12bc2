package api

// Rule is a rule that the sandbox enforces. A request that breaks it is refused, and the answer's header Sandbox-Rule
// holds the rule's ID.
type Rule struct {
	ID   string
	Text string
	Page string // of the vendor's documentation; "" if the rule is a choice of the sandbox
}

package sandbox

import "slices"

// Rule is a rule that the sandbox enforces. A request that breaks it is refused, and the answer's header Sandbox-Rule
// holds the rule's ID.
type Rule struct {
	ID   string
	Text string
	Page string // of the vendor's documentation; "" if the rule is a choice of the sandbox
}

// Choice is what the sandbox does where the vendor's documentation is silent.
type Choice struct{ Vendor, Text string }

// Choices lists the undocumented choices.
func Choices() []Choice {
	var all []Choice
	for _, v := range []struct {
		name  string
		texts []string
	}{{clientCommander, commanderChoices()}, {growCRM, growChoices()}, {rogerRoger, rogerChoices()}, {cloverhound, cloverChoices()}} {
		for _, text := range v.texts {
			all = append(all, Choice{v.name, text})
		}
	}
	return all
}

// Rules lists the rules of all vendors.
func Rules() []Rule { return slices.Concat(commanderRules(), growRules(), rogerRules(), cloverRules()) }

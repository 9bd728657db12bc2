package sandbox

import (
	"crmferry/internal/sandbox/api"
)

// Choice is what the sandbox does where the vendor's documentation is silent.
type Choice struct{ Vendor, Text string }

// Choices lists the undocumented choices.
func Choices() []Choice {
	var all []Choice
	for _, v := range vendors() {
		for _, text := range v.choices() {
			all = append(all, Choice{v.name, text})
		}
	}
	return all
}

// Rules lists the rules of all vendors.
func Rules() []api.Rule {
	var all []api.Rule
	for _, v := range vendors() {
		all = append(all, v.rules()...)
	}
	return all
}

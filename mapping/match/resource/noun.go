package resource

import "strings"

// Noun is what one thing of a resource is called: "client" of "clients". People of a CRM are contacts.
func Noun(resource string) string {
	if resource == "people" {
		return "contact"
	}
	return strings.TrimSuffix(resource, "s")
}

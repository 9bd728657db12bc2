package mapping

import "github.com/nyaruka/phonenumbers"

// KnownRegion says whether phone numbers of a country are known, by its two capital letters: "US".
func KnownRegion(code string) bool { return phonenumbers.GetCountryCodeForRegion(code) != 0 }

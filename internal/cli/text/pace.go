package text

import (
	"fmt"

	"crmferry/internal/account"
)

// Pace is the pace of a vendor for people: "20 requests a minute (documented by RogerRoger)".
func Pace(p account.Pace, v *account.Vendor) string {
	why := ""
	switch p.Source {
	case account.PaceAsked:
		why = "--rate"
	case account.PaceSandbox:
		why = "sandbox"
	case account.PaceDocumented:
		why = "documented by " + v.Name
	case account.PaceDefault:
		why = fmt.Sprintf("a default: %s documents no limit; --rate sets another", v.Name)
	}
	return fmt.Sprintf("%s (%s)", p.Limit, why)
}

// Excess warns of a pace above what the vendor allows, "" if it is not. flag is the value of --rate.
func Excess(p account.Pace, v *account.Vendor, flag string) string {
	if !p.Excess {
		return ""
	}
	return fmt.Sprintf("--rate %s is above what %s documents (%s): requests may be refused", flag, v.Name, v.Limit)
}

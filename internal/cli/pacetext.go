package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
)

// paceText is the pace of a vendor for people: "20 requests a minute (documented by RogerRoger)".
func paceText(p account.Pace, v *account.Vendor) string {
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

// excessText warns of a pace above what the vendor allows, "" if it is not. flag is the value of --rate.
func excessText(p account.Pace, v *account.Vendor, flag string) string {
	if !p.Excess {
		return ""
	}
	return fmt.Sprintf("--rate %s is above what %s documents (%s): requests may be refused", flag, v.Name, v.Limit)
}

// readRate reads the value of --rate; nil if it is not given.
func readRate(flag string) (*account.RateLimit, error) {
	if flag == "" {
		return nil, nil
	}
	limit, err := parseRate(flag)
	return &limit, err
}

// parseRate reads the value of --rate: a whole number per s, m or h, or "off".
func parseRate(s string) (account.RateLimit, error) {
	if s == "off" {
		return account.RateLimit{}, nil
	}
	number, unit, _ := strings.Cut(s, "/")
	per, known := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	n, err := strconv.Atoi(number)
	if !known || err != nil || n < 1 {
		return account.RateLimit{}, failure.Usage(`give a number of requests per second, minute or hour: --rate 20/m, or --rate off`,
			"--rate %q is not a rate", s)
	}
	return account.RateLimit{Requests: n, Per: per}, nil
}

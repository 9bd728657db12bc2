package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseFault reads VENDOR:KIND with :every=N, :from=M, :times=K, :on=all|reads|writes|pages, :for=D, :status=S, :form=F and
// :scatter behind it, in any order: "growcrm:drop-after:every=3:on=writes", "all:429:from=30:times=1". Without a vendor it is
// about pages of contacts of all vendors, for which KIND@AFTER and KIND@AFTERxTIMES are short: "401@5" refuses the key from the
// sixth page on, "500-before@5x2" fails twice.
func ParseFault(s string) (Fault, error) {
	parts := strings.Split(s, ":")
	f := Fault{On: onPages}
	if slices.Contains(append(vendorNames(), onAll), parts[0]) {
		f.Vendor, f.On, parts = parts[0], onAll, parts[1:]
	}
	if len(parts) == 0 {
		return Fault{}, fmt.Errorf("%q: a kind is missing behind the vendor", s)
	}
	if err := f.readKind(parts[0]); err != nil {
		return Fault{}, err
	}
	for _, option := range parts[1:] {
		if err := f.readOption(option); err != nil {
			return Fault{}, fmt.Errorf("%q: %w", s, err)
		}
	}
	if err := f.check(); err != nil {
		return Fault{}, fmt.Errorf("%q: %w", s, err)
	}
	return f, nil
}

// check refuses what makes no sense together.
func (f *Fault) check() error {
	clock, other := f.Kind == faultClock, f.Kind == faultOther || f.Kind == faultOtherAfter
	switch {
	case pagesOnly(f.Kind) && f.On != onPages:
		return fmt.Errorf("%s is about pages of contacts: add :on=pages", f.Kind)
	case clock && (f.For == 0 || *f != Fault{Kind: f.Kind, Vendor: f.Vendor, On: f.On, For: f.For}):
		return fmt.Errorf("%s takes :for=D and nothing else", f.Kind)
	case !clock && f.For < 0:
		return fmt.Errorf("for=%s: give a time such as 90s", f.For)
	case !other && (f.Status != 0 || f.Form != ""):
		return fmt.Errorf("status and form are for %s and %s", faultOther, faultOtherAfter)
	}
	return nil
}

// readKind reads KIND, KIND@AFTER or KIND@AFTERxTIMES.
func (f *Fault) readKind(s string) error {
	kind, rest, counted := strings.Cut(s, "@")
	switch kind { // the names that two kinds had before writes could fail
	case "500":
		kind = faultBefore
	case "truncated":
		kind = faultBadJSON
	}
	f.Kind = kind
	kinds := FaultKinds()
	if !slices.ContainsFunc(kinds, func(k FaultKind) bool { return k.Name == kind }) {
		names := make([]string, len(kinds))
		for i := range kinds {
			names[i] = kinds[i].Name
		}
		return fmt.Errorf("no kind of fault is called %q: there are %s", kind, strings.Join(names, ", "))
	}
	if !counted {
		return nil
	}
	f.On = onPages
	after, times, several := strings.Cut(rest, "x")
	n, err := strconv.Atoi(after)
	if err != nil || n < 0 {
		return fmt.Errorf("%q: %q is not a number of pages", s, after)
	}
	if f.From = n + 1; several {
		if f.Times, err = strconv.Atoi(times); err != nil || f.Times < 1 {
			return fmt.Errorf("%q: %q is not a number of pages", s, times)
		}
	}
	return nil
}

// readOption reads name=value.
func (f *Fault) readOption(s string) error {
	name, value, _ := strings.Cut(s, "=")
	numbers := map[string]*int{"every": &f.Every, "from": &f.From, "times": &f.Times}
	switch {
	case numbers[name] != nil:
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Errorf("%s=%s: give a number above 0", name, value)
		}
		*numbers[name] = n
	case name == "on":
		if !slices.Contains([]string{onAll, onReads, onWrites, onPages}, value) {
			return fmt.Errorf("on=%s: there are all, reads, writes, pages", value)
		}
		f.On = value
	case name == "for":
		d, err := time.ParseDuration(value)
		if err != nil || d == 0 {
			return fmt.Errorf("for=%s: give a time such as 90s", value)
		}
		f.For = d
	case name == "status":
		n, err := strconv.Atoi(value)
		if err != nil || n < 200 || n > 599 {
			return fmt.Errorf("status=%s: give one from 200 to 599", value)
		}
		f.Status = n
	case name == "form":
		if !slices.Contains(forms(), value) {
			return fmt.Errorf("form=%s: there are %s", value, strings.Join(forms(), ", "))
		}
		f.Form = value
	case s == "scatter":
		f.Scatter = true
	default:
		return fmt.Errorf("%q is none of every=N, from=M, times=K, on=WHICH, for=D, status=S, form=F, scatter", s)
	}
	return nil
}

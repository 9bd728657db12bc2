package text

import (
	"fmt"

	"crmferry/importer/survey"
	"crmferry/internal/humanize"
	"crmferry/mapping/cells/phones"
)

// MendAll says what one flag mends in all rows of a file that break a rule: one way for each answer that only its owner knows. again
// is the command once more, with further words, and also what else that does. It is nil where no flag does.
func MendAll(s *survey.Survey, also string, again func(add ...string) string) (ways []string) {
	regions, fit := likelyRegions(s)
	for _, region := range regions {
		phones := "they are from " + region
		if len(ways) == 0 {
			phones = fmt.Sprintf("the phones without a country code are from %s (%d of %d fit)", region, fit, len(s.PhoneExamples))
		}
		ways = append(ways, "if "+phones+also+": "+again("--region", region))
	}
	if s.Splittable > 0 {
		ways = append(ways, fmt.Sprintf("have %s too long split into numbered ones: %s", humanize.CountThat(s.Splittable, "text", "that is", "that are"), again("--split-long")))
	}
	return ways
}

// likelyRegions are the few countries that the phone numbers of a file may be from, and how many fit; none where nothing tells.
func likelyRegions(s *survey.Survey) (regions []string, fit int) {
	const most = 5
	if s.LocalPhones == 0 {
		return nil, 0
	}
	header := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		header[i] = c.Header
	}
	if regions, fit = phones.LikelyRegions(header, s.PhoneExamples); fit == 0 || len(regions) > most {
		return nil, 0
	}
	return regions, fit
}

// LeaveOut is the way to leave out the rows of people who have refused to be mailed or called, "" if no row is of such, or no
// condition says which. again is the command with further words.
func LeaveOut(s *survey.Survey, again func(add ...string) string) string {
	var where []string
	most := 0
	for _, r := range s.Refusals {
		column := s.Columns[r.Column].Ref(s.Columns)
		switch {
		case r.Rows == s.Filled[r.Column]:
			where = append(where, "--where", column+"=")
		case len(r.Values) <= survey.MostRefusals:
			for _, v := range r.Values {
				where = append(where, "--where", column+"!="+v)
			}
		default:
			return ""
		}
		most = max(most, r.Rows)
	}
	if where == nil || most == s.Rows {
		return ""
	}
	return "without those who are not to be mailed or called: " + again(where...)
}

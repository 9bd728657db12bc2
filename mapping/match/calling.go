package match

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/nations"
	"crmferry/mapping/cells/phones"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/sources"
)

// findCalling finds the columns of calling codes, and those of countries that no header names, which say where the phones beside
// them are from. Codes with a + speak for themselves; mere digits, and two letters, which could be anything, have to fit the
// phones of their rows, or to have a header that says what they are.
func (u *understanding) findCalling() {
	var all []int
	for i := range u.meaning {
		if u.isPhone(i) {
			all = append(all, i)
		}
	}
	if u.own || len(all) == 0 {
		return
	}
	u.areas = map[int]*sources.Source{}
	u.findBeside(all)
	if len(u.areas) > 0 {
		u.findBeside(all) // calling codes that fit the phones with their area codes only
	}
}

// findBeside finds what the columns beside phones say of them.
func (u *understanding) findBeside(all []int) {
	u.phoneNations, u.nations = nil, nil
	for i := range u.meaning {
		phone := sources.Beside(i, all)
		known := u.meaning[i].excluded == headers.WhyCalling || u.meaning[i].excluded == headers.WhyArea
		if u.column(i) == nil || u.columns[i].State != 0 || len(u.explicit[i]) > 0 || phone < 0 || known {
			continue
		}
		if headers.SaysPhone(headers.Tokens(u.columns[i].Header)) && u.column(i).Share(cells.LooksCountry) >= 0.9 && !u.isPhone(i) {
			u.phoneNations = append(u.phoneNations, i)
		}
		switch {
		case u.hasCallingCodes(i, phone):
			u.meaning[i] = meaning{field: -1, excluded: headers.WhyCalling}
			u.calling = append(u.calling, i)
		case u.means(i) == headers.None && headers.SaysArea(headers.Tokens(u.columns[i].Header)) && u.column(i).Share(phones.LooksAreaCode) >= 0.9:
			u.meaning[i] = meaning{field: -1, excluded: headers.WhyArea}
			u.areas[phone] = u.beside(i)
		case u.hasPhoneCountries(i, phone):
			u.nations = append(u.nations, i)
		}
	}
}

// hasCallingCodes reports whether a column has the calling codes of phones.
func (u *understanding) hasCallingCodes(i, phone int) bool {
	c := u.column(i)
	if c.Share(phones.LooksCallingCode) < 0.9 {
		return false
	}
	words := headers.Tokens(u.columns[i].Header)
	says := headers.SaysCalling(words) && (len(words) > 1 || sources.Distance(i, phone) < 4) // a code by itself is of something beside it
	if c.Share(phones.LooksMarkedCode) >= 0.5 && (says || len(c.Values) > 1 || phone == i+1) {
		return true
	}
	return !headers.SaysPerson(words) && u.fit(i, phone, says, func(number, code string, loosely bool) bool {
		return phones.FitsCode(&u.plans, number, phones.CallingCode(code), loosely)
	})
}

// hasPhoneCountries reports whether a column without a meaning has the countries of phones.
func (u *understanding) hasPhoneCountries(i, phone int) bool {
	c, m, words := u.column(i), &u.meaning[i], headers.Tokens(u.columns[i].Header)
	otherwise := m.concept == headers.Salutation && c.Share(cells.LooksSalutation) == 0 || m.concept == headers.State && c.Share(cells.LooksUSState) < 0.5 // Prefix, Region
	if m.concept != headers.None && !otherwise || m.field >= 0 || m.excluded != "" || headers.SaysPerson(words) || c.Share(cells.CountryLook(headers.SaysCalling(words))) < 0.9 {
		return false
	}
	if c.Share(cells.LooksState) >= 0.9 && (headers.SaysState(words) || u.fit(i, phone, false, func(number, _ string, _ bool) bool { return phones.Fits(&u.plans, number, "US") })) {
		return false // IN is Indiana
	}
	if headers.SaysPhone(words) || headers.SaysCalling(words) || c.Share(func(v string) bool { return len(v) > 2 }) >= 0.5 {
		return true
	}
	return u.fit(i, phone, false, func(number, country string, _ bool) bool {
		return phones.Fits(&u.plans, number, nations.CountryCode(country))
	})
}

// isPhone reports whether a column has phones by its header, or by its cells.
func (u *understanding) isPhone(i int) bool {
	c := u.column(i)
	if u.means(i) == headers.Phone || headers.SaysPhone(headers.Tokens(u.columns[i].Header)) {
		return c.Share(hasNumber) >= 0.5
	}
	return c.Share(cells.LooksPhone) >= 0.5
}

func hasNumber(v string) bool { return cells.CountDigits(v) >= 6 }

// fit reports whether what a column says fits nearly all phones of the first rows that have no country code: if its header says
// what it is, one is enough, and they only have to be of the right length.
func (u *understanding) fit(column, phone int, says bool, fits func(number, says string, loosely bool) bool) bool {
	local, good, least := 0, 0, 2
	if says {
		least = 1
	}
	for _, row := range u.request.Profile.Head {
		if max(column, phone) >= len(row) || row[column] == "" || !hasNumber(row[phone]) || row[phone][0] == '+' {
			continue
		}
		number := row[phone]
		if area := u.areas[phone]; area != nil && area.Index < len(row) {
			number = row[area.Index] + number
		}
		if local++; fits(number, row[column], says) {
			good++
		}
	}
	return local >= least && good*10 >= local*9
}

// callingOf is the column that has the calling codes of a column of phones, nil without one.
func (u *understanding) callingOf(phone int) *sources.Source {
	return u.beside(u.nearest(phone, u.calling))
}

// beside is a column as one beside phones; nil without one: -1.
func (u *understanding) beside(i int) *sources.Source {
	if i < 0 {
		return nil
	}
	return &sources.Source{Index: i, Ref: u.columns[i].Ref(u.columns)}
}

// countriesBeside are the countries that are about a column of phones alone, nil without such.
func (u *understanding) countriesBeside(phone int) []sources.Source {
	best := u.nearest(phone, u.phoneNations)
	if best < 0 {
		return nil
	}
	return []sources.Source{{Index: best, Ref: u.columns[best].Ref(u.columns), Part: headers.Country}}
}

// nearest is the one of several columns whose header has most words in common with a column of phones, or the nearest of these;
// -1 of none.
func (u *understanding) nearest(phone int, list []int) int {
	best := -1
	for _, i := range list {
		if best < 0 {
			best = i
			continue
		}
		a, b := sources.Common(u.columns[i].Header, u.columns[phone].Header), sources.Common(u.columns[best].Header, u.columns[phone].Header)
		if a > b || a == b && sources.Distance(i, phone) < sources.Distance(best, phone) {
			best = i
		}
	}
	return best
}

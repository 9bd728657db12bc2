package headers

// Concept is what a column means, whatever it is called and in whatever language.
type Concept int

// The concepts. None is that of a column which means nothing known.
const (
	None Concept = iota
	FirstName
	MiddleName
	Infix // the tussenvoegsel, such as "van der"
	LastName
	SecondLast // the second last name, as in Spain
	NameSuffix // Jr., PhD
	FullName
	Name   // last name or full name, by the other columns
	Nombre // first name or full name, by the other columns
	Title  // job title or salutation, by the other columns
	Salutation
	Initials
	Email
	Phone
	Job
	Company
	Customer // a company or a person, by the CRM
	Street
	HouseNumber
	HouseAddition
	SecondLine // of a street: a floor, a flat
	City
	State
	Zip
	ZipCity // in one cell, as the two below
	CityState
	CityStateZip
	Country
	Tags
	Segments
	Note
	Source
	Stage
	Price
	Timeframe
	CustomerNumber
	LinkedIn
	ArchiveDate
	Website
	ConceptCount // how many there are, and no concept
)

// IsNamePart reports whether a concept is a part of a name.
func IsNamePart(c Concept) bool {
	switch c {
	case FirstName, MiddleName, Infix, LastName, SecondLast, FullName, Name, Nombre:
		return true
	}
	return false
}

// IsJoined reports whether a concept is several parts of an address in one cell.
func IsJoined(c Concept) bool { return c >= ZipCity && c <= CityStateZip }

// IsAddressPart reports whether a concept is a part of an address.
func IsAddressPart(c Concept) bool { return c >= Street && c <= Country }

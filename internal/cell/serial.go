package cell

// The days that serial number 0 stands for in a workbook, counted from 1970-01-01: 1899-12-30 (from March 1900 on) and
// 1904-01-01.
const (
	Epoch1900 = -25569
	Epoch1904 = -24107
)

// The serial numbers of dates that are understood: before March 1900 the calendar of Excel has a day that never was,
// and it ends with the year 9999.
const (
	FirstSerial = 61
	LastSerial  = 2958465
)

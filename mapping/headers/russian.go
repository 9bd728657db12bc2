package headers

import "golang.org/x/text/language/display"

// russian knows the headers of contacts.
func russian() *language {
	return &language{
		name:     "Russian",
		regions:  []string{"RU"},
		required: []string{"(обязательно)"},
		words: []words{
			{LastName, usual, []string{"Фамилия"}},
			{MiddleName, usual, []string{"Отчество"}},
			{FullName, usual, []string{"ФИО", "Фамилия Имя Отчество", "Имя и фамилия", "Фамилия и имя", "Полное имя", "Контактное лицо"}},
			{Nombre, usual, []string{"Имя"}},
			{Email, usual, []string{"Почта", "Электронная почта", "Эл. почта", "Адрес электронной почты", "E-mail адрес", "Имейл"}},
			{Phone, usual, []string{"Телефон", "Номер телефона", "Контактный телефон", "Тел."}},
			{Phone, mobile, []string{"Мобильный", "Мобильный телефон", "Сотовый", "Сотовый телефон"}},
			{Phone, work, []string{"Рабочий телефон"}},
			{Phone, home, []string{"Домашний телефон"}},
			{Company, usual, []string{"Компания", "Организация", "Название компании", "Название организации", "Фирма"}},
			{Job, usual, []string{"Должность"}},
			{Note, usual, []string{"Комментарий", "Комментарии", "Примечание", "Примечания", "Заметки"}},
			{Street, usual, []string{"Улица", "Адрес"}},
			{City, usual, []string{"Город"}},
			{State, usual, []string{"Область", "Регион"}},
			{Zip, usual, []string{"Почтовый индекс", "Индекс"}},
			{Country, usual, []string{"Страна"}},
			{Tags, usual, []string{"Теги", "Метки"}},
			{Source, usual, []string{"Источник"}},
			{Website, usual, []string{"Сайт", "Веб-сайт"}},
		},
		signs:       []string{"фамилия", "имя", "отчество", "фио", "почта", "телефон", "компания", "организация", "город", "должность"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"согласие", "отписан", "отписался", "отписка"}}, {WhyOwner, []string{"ответственныи", "менеджер"}}},
		negations:   []string{"не"},
		contacting:  []string{"звонить", "писать", "беспокоить"},
		refusals:    []string{"отписан", "отписался", "отписка"},
		hidden:      []string{"Личное", "Конфиденциально"},
		refused:     []string{"отписан", "отписался", "отказ"},
		ands:        []string{"и"},
		your:        []string{"ваш", "ваша", "ваше"},
		countries:   display.Russian.Regions,
		months:      [12]string{"янв|январь|января", "фев|февраль|февраля", "мар|март|марта", "апр|апрель|апреля", "маи|мая", "июн|июнь|июня", "июл|июль|июля", "авг|август|августа", "сен|сентябрь|сентября", "окт|октябрь|октября", "ноя|ноябрь|ноября", "дек|декабрь|декабря"},
		yes:         []string{"да"},
		no:          []string{"нет"},
		nothing:     []string{"none"},
		salutations: []string{"господин", "госпожа"},
	}
}

"""Small words around the words for people: determiners, adjectives, what is no noun. Tables only."""

from __future__ import annotations

from .tables import table

MASCULINE_DETERMINERS = table(
    """
los unos estos esos aquellos nuestros muchos pocos varios algunos otros todos ambos cuántos tantos dichos
ciertos numerosos diversos distintos cuyos vuestros demasiados ningunos el un del al este ese aquel algún
ningún nuestro otro todo cierto dicho cuyo tanto cuánto
"""
)
UNMARKED_DETERMINERS = table(
    """
cada cualquier su sus mi mis tu tus demás qué diferentes
"""
)
FEMININE_DETERMINERS = table(
    """
las unas estas esas aquellas nuestras muchas pocas varias algunas otras todas ambas cuántas tantas dichas
ciertas la una esta esa aquella alguna ninguna nuestra otra toda cierta dicha
"""
)
NUMERALS = table(
    """
dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho
diecinueve veinte veinticinco treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento
doscientos trescientos cuatrocientos quinientos mil
"""
)
BEFORE_NOUN = table(
    """
pequeños pequeño medianos mediano grandes gran nuevos nuevo antiguos antiguo futuros futuro actuales actual
mejores mejor peores buenos buen malos mal primeros primer últimos último próximos próximo verdaderos
verdadero mismos mismo principales principal propios propio demás estimados estimado queridos querido
apreciados apreciado distinguidos distinguido respetados respetado únicos único posibles posible potenciales
potencial viejos viejo simples simple grandes tercer segundo segundos honorables ilustres valiosos valioso
diferentes diversos distintos supuestos
"""
)
ADJECTIVES = table(
    """
rurales rural agrícolas agrícola locales local agrarios agrario agropecuarios agropecuario organizados
organizado activos activo nuevos nuevo jóvenes indígenas indígena comunitarios comunitario técnicos técnico
sociales social interesados interesado orgánicos orgánico comunales comunal cafetaleros cafetalero cacaoteros
cacaotero pequeños pequeño campesinos campesino pobres pobre mayores mayor menores menor fundadores fundador
hábiles hábil presentes presente ausentes ausente responsables responsable públicos público privados privado
internos interno externos externo voluntarios voluntario listos listo obligados seguros seguro contentos contento
municipales municipal regionales regional nacionales
nacional extranjeros extranjero morosos moroso inactivos inactivo enfermos enfermo contentos contento cansados
cansado electos electo titulares titular suplentes suplente legales legal temporales temporal permanentes
permanente comprometidos asociados asociado capacitados directivos directivo administrativos administrativo
financieros financiero líderes emprendedores emprendedor ganaderos ganadero expertos experto mexicanos
peruanos hondureños salvadoreños colombianos peruano mexicano hondureño salvadoreño colombiano primarios
primario secundarios secundario educativos educativo sanitarios sanitario forestales forestal independientes
independiente salientes saliente entrantes entrante generales general ejecutivos ejecutivo adultos adulto
vecinos vecino beneficiarios beneficiario productores productor migrantes migrante inscritos inscrito
expuestos expuesto dispuestos dispuesto satisfechos satisfecho honestos honesto trabajadores trabajador
ancianos anciano solos solo huérfanos ecológicos ecológico certificados certificado veedores mixtos atentos
atento puntuales puntual nuevos tradicionales tradicional pecuarios pecuario sueltos inscriptos extensionistas
comuneros innovadores
"""
)
# After these a noun in the singular needs no article to name a person: como socio, por productor, es socio.
BARE_SINGULAR_AFTER = table(
    """
por como de ser es sea sean era fue soy eres será siendo sido ni según hacia hacerse hacerme hazte volverse a
con sin para entre busca buscamos necesita requiere contrata elegir eligió eligieron eligen nombrar nombraron hágase
"""
)
# Words in -s, -dos and -dados that are no nouns a following word could describe, or no participles.
NO_NOUNS = (
    table(
        """
además después antes quizás jamás más menos entonces nos les os las los unos tres dos seis eres es tras detrás
atrás apenas mientras lejos dentro cerca veces gracias pues estás vas das demás todos ellos ellas nosotros
nosotras ustedes todas muchas varias algunas otras ambas ambos aquellas estas esas sus mis tus nuestras
ciertas pocas somos fuimos seremos serás tienes eres haces entiendes visites capacites invites reúnes reúnas
convoques
"""
    )
    | NUMERALS
)
# Verbs of which only people are the subject: they make people of a word that stands in no table.
ONLY_PEOPLE = table(
    """
compran compraron aprueban aprobaron discuten discutieron cosechan cosecharon siembran sembraron podan negocian
negociaron viven vivían conversaron celebran caminan cantan bailan ríen leen leyeron escuchan escucharon preguntan
preguntaron contestan enseñan enseñaron temen desean prometen
prometieron sueñan sufren sufrieron heredan migran emigran emigraron regresan
renuncian renunciaron asumen asumieron juran presiden convocan cobran cobraron ahorran descansan madrugan
quieren opinan piensan creen saben votan deciden participan asisten aprenden reclaman protestan eligen firman conversan
acordaron decidieron opinaron votaron participaron asistieron aprendieron prefieren desconfían conocen rezan lloran
"""
)
# Verbs after which an adjective says something of a noun before them.
ARE = table("son están eran estaban fueron serán estarán sean estén quedan quedarán quedaron parecen")
IS = table("es está era estaba fue será estará sea esté queda quedará quedó parece")

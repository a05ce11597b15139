"""Given names of men, as they are common in Latin America."""

from __future__ import annotations

from .tables import table

MEN = table(
    """
Aarón Abel Abelardo Abraham Adán Adolfo Adrián Agustín Alan Alberto Aldo Alejandro Alejo Alexander Alfonso
Alfredo Álvaro Amadeo Anastasio Andrés Ángel Aníbal Antonio Antolín Aquiles Ariel Armando Arnulfo Arturo
Augusto Aurelio Baltazar Bartolomé Basilio Benito Benjamín Bernardo Bonifacio Braulio Bruno Camilo Carlos
Cayetano Celestino Celso César Cipriano Cirilo Claudio Clemente Cornelio Cristian Cristóbal Dagoberto Damián
Daniel Darío David Delfino Demetrio Diego Dionisio Domingo Edgar Edgardo Edmundo Eduardo Edwin Efraín Eladio
Eleuterio Eliseo Elías Emiliano Emilio Enrique Epifanio Erasmo Eric Ernesto Esteban Eugenio Eusebio Evaristo
Ezequiel Fabián Fabio Faustino Fausto Federico Felipe Feliciano Félix Fermín Fernando Fidel Florencio
Florentino Francisco Franklin Gabriel Genaro Gerardo Germán Gilberto Gonzalo Gregorio Guillermo Gustavo Héctor
Heriberto Hermenegildo Hernán Hernando Hilario Hipólito Horacio Hugo Humberto Ignacio Ireneo Isaac Isaías
Isidro Ismael Israel Iván Jacinto Jacobo Jaime Javier Jeremías Jerónimo Jesús Joaquín Joel Jonás Jonathan
Jorge José Josué Juan Julián Julio Justino Justo Lautaro Lázaro Leandro Leonardo Leonel Leopoldo Lisandro
Lorenzo Lucas Luciano Lucio Luis Manuel Marcelino Marcelo Marcial Marco Marcos Mariano Mario Martín Mateo
Matías Mauricio Mauro Maximiliano Máximo Melquiades Miguel Moisés Natanael Nicanor Nicolás Noé Norberto
Octavio Omar Orlando Óscar Oscar Osvaldo Oswaldo Pablo Pascual Patricio Pedro Plácido Porfirio Rafael Ramiro
Ramón Raúl Raymundo Reinaldo Remigio René Reynaldo Ricardo Rigoberto Roberto Rodolfo Rodrigo Rogelio Rolando
Román Roque Rosendo Rubén Rufino Salomón Samuel Santiago Santos Saúl Sebastián Secundino Segundo Sergio
Severino Silverio Silvestre Simón Tadeo Teodoro Teófilo Teodosio Tiburcio Timoteo Tito Tobías Tomás Toribio
Ubaldo Uriel Valentín Valerio Vicente Víctor Vidal Vinicio Virgilio Walter Wilfredo Wilmer William Wilson
Zacarías Zenón
"""
)
